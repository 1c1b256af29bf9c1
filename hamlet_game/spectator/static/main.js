// Brings the parts together: the connection tells, the parts draw.
import { Controls } from "./controls.js";
import { Curves } from "./curves.js";
import { Link } from "./link.js";
import { arrange, panels, still, takeToken } from "./options.js";
import { $, Panels } from "./panels.js";
import { TownView } from "./town.js";

arrange();
const beside = new Panels();
const curves = $("survival") && new Curves($("survival"), $("reward"), (...texts) => {
  ["c1", "n1", "c2", "n2"].forEach((id, k) => { $(id).textContent = texts[k]; });
});
const canvas = $("town") || document.createElement("canvas"); // without a town its clock still runs
const view = new TownView(canvas, (frame, before) => {
  beside.step(frame, before);
  if (curves) curves.step(frame);
}, still);
let life = null;

const hear = {
  hello: (message) => controls.hello(message),
  town: (message) => {
    life = message.life;
    view.show(message);
    beside.town(message);
    if (curves) curves.town(message);
  },
  steps: (message) => { if (message.life === life) view.add(message.frames); },
  run: (message) => {
    beside.run(message);
    controls.run(message);
    said = message;
    state();
  },
  curves: (message) => curves && curves.training(message),
  road: (message) => beside.road(message),
  news: (message) => beside.news(message.lines),
  token: (message) => controls.token(message.ok),
  refused: () => {},
};

let said = null, connection = "connecting";
const WORDS = {
  none: "live", loading: "training is starting", running: "training", paused: "paused", stopping: "saving",
  ended: "training has ended", failed: "trouble", following: "following a run",
};

function state() {
  const box = $("link");
  if (!box) return;
  box.className = connection;
  const word = said && said.frozen ? "paused" : said ? WORDS[said.state] || said.state : "live";
  const text = { live: word, connecting: "connecting", off: "connection lost, trying again" }[connection];
  box.querySelector("b").textContent = text;
  box.title = said ? said.problem : "";
}

const link = new Link((message) => (hear[message.type] || (() => {}))(message), (how) => { connection = how; state(); });
const controls = new Controls(link);
const token = takeToken();
if (token) link.unlock(token);
if (panels && panels.has("controls") && !panels.has("head")) document.title = "Hamlet, controls";

let before = performance.now();
function frame(now) {
  const dt = Math.min(0.25, Math.max(0, (now - before) / 1000));
  before = now;
  view.draw(dt, now / 1000);
  beside.end(view.timeline.frame, view.timeline.rest);
  if (curves) curves.draw();
  requestAnimationFrame(frame);
}
requestAnimationFrame(frame);
document.fonts.ready.then(() => { if (curves) curves.due = true; });
// For tests and tinkerers: where the person is shown.
window.hamlet = { view, curves, link };
