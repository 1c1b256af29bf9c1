// The steps as they arrive in batches, played back evenly.
const BEHIND_S = 0.9; // of steps waiting, at least; with more the playback hurries

export class Timeline {
  constructor(happened) {
    this.happened = happened; // is told of each step as it begins
    this.reset(null);
  }

  reset(frame) {
    this.queue = [];
    this.waiting = 0; // seconds of steps in the queue
    this.behind = BEHIND_S;
    this.before = this.frame = frame;
    this.passed = this.length = 0;
    this.rest = 0; // seconds since the last step was over
  }

  add(frames) {
    let batch = 0;
    for (const frame of frames) { this.queue.push(frame); batch += frame.s; }
    this.waiting += batch;
    this.behind = Math.max(BEHIND_S, 1.6 * batch); // where batches are large, more has to wait
  }

  get part() { return this.length ? Math.min(1, this.passed / this.length) : 1; }

  update(dt) {
    if (!this.frame) return;
    const hurry = this.waiting > this.behind ? 1 + 2 * (this.waiting - this.behind) : 1;
    this.passed += dt * hurry;
    while (this.passed >= this.length && this.queue.length) {
      const next = this.queue.shift();
      this.waiting = Math.max(0, this.waiting - next.s);
      this.passed = Math.min(this.passed - this.length, next.s);
      this.length = next.s;
      this.before = this.frame;
      this.frame = next;
      this.rest = 0;
      this.happened(next, this.before);
    }
    this.rest = this.passed >= this.length ? this.passed - this.length : 0;
    if (!this.queue.length && this.passed > this.length + 60) this.passed = this.length + 60;
  }
}
