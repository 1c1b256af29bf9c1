// What stands beside the town: meters, Q-values, the road, the news, the controls.
import { short } from "./charts.js";

const METERS = ["energy", "hygiene", "satiation", "money"];
const NAMES = { bed: "Bed", shower: "Shower", fridge: "Fridge", job: "Job" };
const CAUSE = { energy: "Out of energy", hygiene: "Too dirty to go on", satiation: "Starved" };
const NEWS = 12;

export const $ = (id) => document.getElementById(id);
const set = (id, text) => { const e = $(id); if (e && e.textContent !== text) e.textContent = text; };

// A new element with a class and what is in it. Text stays text.
function make(tag, kind, ...inside) {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  element.append(...inside);
  return element;
}

function icon(name) {
  const image = make("img");
  image.src = `/sprites/icons/${name}.svg`;
  image.alt = "";
  return image;
}

export function clock(seconds) {
  const whole = Math.round(seconds), minutes = Math.floor(whole / 60), rest = String(whole % 60).padStart(2, "0");
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}

const signed = (value, digits) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;
const plain = (value, digits) => value.toFixed(digits).replace("-", "−");

export class Panels {
  constructor() { this.lines = []; this.happened = []; this.level = null; }

  town(town) {
    this.level = town.level;
    this.happened = [];
    const box = $("meters");
    if (box) {
      box.replaceChildren(...town.level.meters.map((key) => {
        const fill = make("i"), bar = make("div", "bar", fill), name = make("span", "", key[0].toUpperCase() + key.slice(1));
        fill.style.background = `var(--${key})`;
        if (town.level.deadly.includes(key)) {
          const red = make("u");
          red.style.left = `${town.level.critical[key]}%`;
          bar.append(red);
          name.append(make("em", "", "♥"));
        }
        const meter = make("div", "meter", icon(key), name, make("b"), bar);
        meter.dataset.key = key;
        return meter;
      }));
    }
    const actions = $("actions");
    if (actions) actions.replaceChildren(...town.actions.map((name) => make("div", "action", make("span", "", name), make("b", "", "–"), make("small"))));
    this.step(town.now, null);
  }

  step(frame, before) {
    const level = this.level;
    for (const meter of document.querySelectorAll(".meter")) {
      const { key } = meter.dataset, value = frame.m[METERS.indexOf(key)];
      meter.querySelector("i").style.width = `${value}%`;
      meter.querySelector("b").textContent = key === "money" ? `$${Math.floor(value)}` : Math.ceil(value);
      meter.classList.toggle("low", level.deadly.includes(key) && value < level.critical[key]);
    }
    set("step", `Step ${frame.n} of ${level.steps}`);
    set("points", frame.points ? `score ${frame.points}` : "");
    set("time", frame.clock);
    const hour = $("hour"), sky = `/sprites/icons/${frame.dark ? "moon" : "sun"}.svg`;
    if (hour && hour.getAttribute("src") !== sky) hour.src = sky;
    if ($("life")) $("life").style.width = `${100 * frame.n / level.steps}%`;
    if (frame.q) this.thought(frame);
    if (before) this.note(frame, before);
  }

  // The raw numbers of the network, the advantage beside them: nothing is rescaled.
  thought(frame) {
    const mean = frame.q.reduce((a, b) => a + b) / frame.q.length;
    const digits = Math.max(...frame.q.map(Math.abs)) < 10 ? 2 : 1;
    const probable = frame.of === "log_probability";
    set("qtitle", probable ? "Log-probabilities" : "Q-values");
    set("qnote", probable ? "of each action" : "expected reward, advantage below");
    document.querySelectorAll(".action").forEach((box, k) => {
      box.classList.toggle("best", k === frame.best);
      box.children[1].textContent = plain(frame.q[k], digits);
      box.children[2].textContent = signed(frame.q[k] - mean, digits);
    });
    set("say", frame.say || "");
  }

  note(frame, before) {
    const level = this.level;
    if (frame.used) this.tell(frame.used, frame.n, `${NAMES[frame.used]}: ${this.changes(frame, before)}`);
    else if (frame.no === "unaffordable") this.tell("money", frame.n, "Can't afford that");
    for (const key of level.deadly) {
      const k = METERS.indexOf(key), edge = level.critical[key];
      if (before.m[k] >= edge && frame.m[k] < edge && frame.m[k] > 0) this.tell(key, frame.n, `${key[0].toUpperCase()}${key.slice(1)} is running out!`);
    }
    if (frame.end === "died") this.tell("faint", frame.n, `${CAUSE[frame.cause] || "The end"} after ${frame.n} steps`);
    if (frame.end === "lived") this.tell("flag", frame.n, `Alive after all ${frame.n} steps!`);
  }

  changes(frame, before) {
    return METERS.map((key, k) => [key, Math.round(frame.m[k] - before.m[k])])
      .filter(([key, change]) => this.level.meters.includes(key) && Math.abs(change) > 1)
      .sort((a, b) => b[1] - a[1])
      .map(([key, change]) => `${change > 0 ? "+" : "−"}${key === "money" ? "$" : ""}${Math.abs(change)}${key === "money" ? "" : ` ${key}`}`)
      .join(", ");
  }

  tell(name, step, text) {
    this.happened.unshift([name, step, text]);
    this.happened.length = Math.min(this.happened.length, NEWS);
    this.list();
  }

  news(lines) { this.lines = lines; this.list(); }

  // What the training says; where nothing is trained, what happens in this life.
  list() {
    const box = $("news");
    if (!box) return;
    const lines = [...this.lines, ...this.happened].slice(0, NEWS);
    set("newstitle", this.training ? "Training" : "Happenings");
    box.replaceChildren(...lines.map(([name, step, text]) => make("li", "", icon(name), make("span", "", text), make("small", "", step === null ? "" : short(step)))));
  }

  run(message) {
    const training = Boolean(message.run) || message.step > 0;
    if (training !== this.training) { this.training = training; this.list(); }
    set("who", message.run ? `${message.run} · ${message.label}` : message.label);
    const watching = $("watching");
    if (watching) { watching.hidden = message.watching < 2; set("watching", `${message.watching} looking on`); }
    const facts = [];
    if (training) {
      facts.push(clock(message.seconds), `${short(message.step)} steps`, `episode ${message.episode.toLocaleString("en")}`);
      if ("epsilon" in message.numbers) facts.push(`ε ${message.numbers.epsilon.toFixed(2)}`);
      if (message.stepsPerS && message.state === "running") facts.push(`${short(message.stepsPerS)}/s`);
    }
    set("stats", facts.join(" · "));
  }

  road(message) {
    const card = $("roadcard");
    if (!card) return;
    card.hidden = !message.stations.length;
    $("road").replaceChildren(...message.stations.map((station) => {
      const mark = { done: "star_full", now: "flag", ahead: "star_empty" }[station.state];
      const item = make("li", station.state, icon(mark), make("span", "", station.name));
      if (station.state === "done" && station.seconds) item.append(make("small", "", clock(station.seconds)));
      return item;
    }));
    const marks = message.marks.map((mark) => mark.text + (mark.value === null ? "" : ` (now ${short(mark.value)})`));
    const more = message.finished ? ["All levels graduated."] : [`${message.passes} of ${message.needed} passes in a row`];
    if (message.eta !== null && !message.finished) more.push(`about ${clock(message.eta)} to go`);
    set("marks", [...marks, ...more].join(" · "));
  }

  end(frame, rest) {
    const box = $("end");
    if (!box) return;
    const shown = Boolean(frame && frame.end) && rest > 0.35;
    if (box.hidden === !shown) return;
    box.hidden = !shown;
    if (!shown) return;
    box.className = frame.end;
    const title = frame.end === "lived" ? "Alive!" : CAUSE[frame.cause] || "The end";
    box.replaceChildren(make("b", "", title), `${frame.n} steps · score ${frame.points}`);
  }
}
