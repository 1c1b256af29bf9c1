// The connection: comes back by itself, a little later each time it fails.
const FIRST_MS = 500, LONGEST_MS = 15000, SILENCE_MS = 12000;

export class Link {
  constructor(hear, changed) {
    this.hear = hear;
    this.changed = changed; // is told "live", "connecting" or "off"
    this.wait = FIRST_MS;
    this.token = "";
    this.heard = 0;
    this.open();
    setInterval(() => this.watch(), 2000);
    addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => !document.hidden && !this.socket && this.again());
  }

  open() {
    clearTimeout(this.timer);
    this.changed("connecting");
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/live`);
    this.socket = socket;
    this.heard = performance.now();
    socket.onmessage = (message) => {
      this.heard = performance.now();
      for (const told of JSON.parse(message.data)) {
        if (told.type === "hello") this.greet();
        this.hear(told);
      }
    };
    socket.onclose = () => socket === this.socket && this.lost();
  }

  greet() {
    this.wait = FIRST_MS;
    this.changed("live");
    if (this.token) this.say({ type: "token", token: this.token });
  }

  lost() {
    this.socket = null;
    this.changed("off");
    const wait = this.wait * (0.7 + 0.6 * Math.random()); // so that not all come back at once
    this.wait = Math.min(LONGEST_MS, this.wait * 1.7);
    this.timer = setTimeout(() => this.open(), wait);
  }

  again() {
    if (!this.socket) { this.wait = FIRST_MS; this.open(); }
  }

  watch() { // a server that says nothing for so long is gone, whatever the network claims
    if (this.socket && performance.now() - this.heard > SILENCE_MS) {
      const socket = this.socket;
      this.lost();
      socket.close();
    }
  }

  say(message) {
    if (this.socket && this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  unlock(token) {
    this.token = token;
    this.say({ type: "token", token });
  }
}
