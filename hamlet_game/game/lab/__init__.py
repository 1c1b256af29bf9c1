"""The reward lab: what weights say, whom they pay, what an agent makes of them."""
