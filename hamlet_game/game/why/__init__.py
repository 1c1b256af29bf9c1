"""Why a life ended: where it was lost, what else could have been, and which steps cost most."""
