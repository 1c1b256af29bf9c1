// The two charts: how a training goes, or, where nothing is trained, how this life goes.
import { draw, short } from "./charts.js";

const COLORS = { energy: "#6293fa", hygiene: "#3ebed6", satiation: "#f0683e", money: "#ffd166" };
const METERS = ["energy", "hygiene", "satiation", "money"];
const GOOD = "#84d07c", LIVES = "#6b7396", EXAM = "#ffc15e";
const MOST = 600; // points of a life's curves

export class Curves {
  constructor(survival, reward, label) {
    Object.assign(this, { survival, reward, label, told: null, life: [], level: null, due: true });
    new ResizeObserver(() => { this.due = true; }).observe(survival);
  }

  training(message) { this.told = message; this.due = true; }

  town(town) {
    this.life = town.past;
    this.level = town.level;
    this.due = true;
  }

  step(frame) {
    const last = this.life[this.life.length - 1];
    if (last && frame.n <= last[0]) return;
    this.life.push([frame.n, ...frame.m, (last ? last[5] : 0) + frame.r]);
    if (this.life.length > MOST) this.life = this.life.filter((_, k) => k % 2 || k === this.life.length - 1);
    this.due = true;
  }

  draw() {
    if (!this.due) return;
    this.due = false;
    const stretches = this.told ? this.told.stretches : [];
    if (stretches.some((s) => s.exams.length || s.lives.length)) this.drawTraining(stretches);
    else if (this.level) this.drawLife();
  }

  drawTraining(stretches) {
    const x = [0, Math.max(1, this.told.end)], bands = stretches.map(({ from, to, name }) => ({ from, to, name }));
    const share = (s, v) => 100 * v / s.steps;
    const exams = stretches.flatMap((s) => s.exams.map((e) => ({ ...e, s })));
    const survival = { x, y: [0, 105], unit: "%", bands, lines: [], marks: [], dots: [], areas: [] };
    const rewards = exams.map((e) => e.reward), low = Math.min(0, ...rewards), high = Math.max(1, ...rewards);
    const reward = { x, y: [low - 0.06 * (high - low), high + 0.08 * (high - low)], zero: true, bands, lines: [], marks: [], dots: [] };
    for (const s of stretches) {
      survival.areas.push({ points: s.exams.map((e) => [e.x, share(s, e.low), share(s, e.high)]), color: "#ffc15e28" });
      survival.lines.push({ points: s.lives.map(([at, v]) => [at, share(s, v)]), color: LIVES, width: 1.5 });
      survival.lines.push({ points: s.exams.map((e) => [e.x, share(s, e.survival)]), color: EXAM });
      reward.lines.push({ points: s.exams.map((e) => [e.x, e.reward]), color: EXAM });
      if (s.mark !== null) survival.marks.push({ from: s.from, to: s.to, y: share(s, s.mark) });
      if (s.rewardMark !== null) reward.marks.push({ from: s.from, to: s.to, y: s.rewardMark });
    }
    for (const e of exams) {
      const color = e.passed ? GOOD : EXAM;
      survival.dots.push({ x: e.x, y: share(e.s, e.survival), color });
      reward.dots.push({ x: e.x, y: e.reward, color });
    }
    const last = exams[exams.length - 1], now = last ? last.s : stretches[stretches.length - 1];
    const mark = now.mark === null ? "" : ` · pass mark ${short(now.mark)}`;
    this.label("Survival", last ? `${short(last.survival)} of ${now.steps} steps${mark}` : `no exam yet${mark}`,
      "Reward", last ? `${short(last.reward)} a life in unseen towns` : "no exam yet");
    draw(this.survival, survival);
    draw(this.reward, reward);
  }

  drawLife() {
    const { life, level } = this, end = life[life.length - 1][0];
    const x = [0, Math.max(20, Math.min(level.steps, end * 1.15))];
    const lines = level.meters.map((key) => ({
      points: life.map((row) => [row[0], row[1 + METERS.indexOf(key)]]), color: COLORS[key],
    }));
    const red = level.critical[level.deadly[0]];
    const marks = red ? [{ from: 0, to: x[1], y: red }] : [];
    const totals = life.map((row) => row[5]), low = Math.min(0, ...totals), high = Math.max(1, ...totals);
    this.label("Meters of this life", level.deadly.length ? `red below ${red}` : "",
      "Reward of this life", short(totals[totals.length - 1]));
    draw(this.survival, { x, y: [0, 104], bands: [], lines, marks, dots: [] });
    draw(this.reward, {
      x, y: [low - 0.04 * (high - low), high + 0.1 * (high - low)], zero: true, bands: [], marks: [],
      lines: [{ points: life.map((row) => [row[0], row[5]]), color: EXAM }],
      dots: [{ x: end, y: totals[totals.length - 1], color: EXAM, size: 3.4 }],
    });
  }
}
