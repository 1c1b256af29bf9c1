// What flies and floats above the town: coins, drops, hearts, and what a step has changed.
import { stamp } from "./sprites.js";

const KINDS = { // count, size and speed in cells, half the angle, gravity, seconds
  coin: [6, 0.26, 2.3, 0.7, 5.2, 0.95], drop: [8, 0.2, 1.9, 1.1, 4.2, 0.9], bubble: [7, 0.22, 0.7, 1.2, -0.35, 1.5],
  heart: [4, 0.26, 0.8, 0.7, -0.2, 1.4], zzz: [2, 0.34, 0.5, 0.35, -0.1, 1.7], crumb: [7, 0.14, 1.7, 1.2, 5, 0.8],
  sparkle: [7, 0.22, 1.3, Math.PI, 0.4, 0.9], no_money: [1, 0.5, 0.55, 0, 0.3, 1.2], cross: [1, 0.34, 0.45, 0, 0.3, 0.8],
};
const OF = { bed: ["zzz"], shower: ["drop", "bubble"], fridge: ["crumb", "heart"], job: ["coin"] };
const METERS = ["energy", "hygiene", "satiation", "money"];
const COLORS = { energy: "#8db2ff", hygiene: "#5fd6ee", satiation: "#ff8f66", money: "#ffd166" };
const MOST = 160;

export class Effects {
  constructor() { this.bits = []; }

  clear() { this.bits = []; }

  // What a step sets off.
  of(frame, before, level) {
    if (frame.used) {
      for (const kind of OF[frame.used]) this.burst(kind, frame.x, frame.y);
      let row = 0;
      this.bits = this.bits.filter((bit) => !bit.text || bit.x !== frame.x || bit.y !== frame.y); // they make room
      METERS.forEach((key, k) => {
        const change = Math.round(frame.m[k] - before.m[k]);
        if (!level.meters.includes(key) || Math.abs(change) < 2) return;
        const sign = change > 0 ? "+" : "−";
        this.text(`${sign}${key === "money" ? "$" : ""}${Math.abs(change)}`, frame.x, frame.y, COLORS[key], key, row++);
      });
    } else if (frame.no === "unaffordable") this.burst("no_money", frame.x, frame.y);
    else if (frame.no === "taken") this.burst("cross", frame.x, frame.y);
    if (frame.end === "lived") this.burst("sparkle", frame.x, frame.y);
  }

  burst(kind, x, y) {
    const [count, size, speed, spread, gravity, life] = KINDS[kind];
    for (let k = 0; k < count; k++) {
      const angle = (Math.random() * 2 - 1) * spread, fast = speed * (0.7 + 0.5 * Math.random());
      this.bits.push({
        kind, x: x + (count > 1 ? (Math.random() - 0.5) * 0.3 : 0), y: y - 0.2, dx: Math.sin(angle) * fast, dy: -Math.cos(angle) * fast,
        gravity, size: size * (0.85 + 0.3 * Math.random()), life: life * (0.85 + 0.25 * Math.random()), age: -0.05 * k,
      });
    }
    if (this.bits.length > MOST) this.bits.splice(0, this.bits.length - MOST);
  }

  text(text, x, y, color, icon, row) {
    this.bits.push({ text, x, y, color, icon, row, life: 1.6, age: -0.1 * row });
  }

  update(dt) {
    for (const bit of this.bits) bit.age += dt;
    this.bits = this.bits.filter((bit) => bit.age < bit.life);
  }

  draw(context, where, side, still) {
    for (const bit of this.bits) {
      if (bit.age < 0) continue;
      const part = bit.age / bit.life, alpha = Math.min(1, 2.6 * (1 - part));
      if (bit.text) this.write(context, bit, where, side, alpha, still ? 0.15 : 0.3 * (1 - (1 - part) ** 2));
      else if (!still) {
        const [x, y] = where(bit.x + bit.dx * bit.age, bit.y + bit.dy * bit.age + bit.gravity * bit.age * bit.age / 2);
        const size = bit.size * side * (0.5 + 0.5 * Math.round(Math.min(1, part * 8) * 4) / 4);
        stamp(context, `effects/${bit.kind}`, x, y, size, size, { alpha });
      }
    }
  }

  write(context, bit, where, side, alpha, risen) {
    const size = Math.max(15, side * 0.3);
    let [x, y] = where(bit.x, bit.y - 0.55 - risen);
    y = Math.max(size, y - bit.row * size * 1.02);
    context.font = `${size}px "Hamlet Display"`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    const wide = context.measureText(bit.text).width, icon = size * 0.8;
    x = Math.min(Math.max(x - (wide + icon) / 2, 6), context.canvas.width - wide - icon - 6);
    context.globalAlpha = alpha;
    context.lineJoin = "round";
    context.lineWidth = size * 0.2;
    context.strokeStyle = "#221a26";
    context.strokeText(bit.text, x + icon, y);
    context.fillStyle = bit.color;
    context.fillText(bit.text, x + icon, y);
    context.globalAlpha = 1;
    stamp(context, `icons/${bit.icon}`, x + icon / 2 - 2, y, icon, icon, { alpha });
  }
}
