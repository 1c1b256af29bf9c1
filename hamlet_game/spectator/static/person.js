// The townsperson, put together from the same pictures as in the game.
import { stamp } from "./sprites.js";

const POSES = { bed: "sleep", shower: "shower", fridge: "eat", job: "work" };
const MOVES = [[0, -1], [0, 1], [-1, 0], [1, 0], [0, 0]]; // by action
const FACES = ["up", "down", "left", "right"];
const FOOT = 0.33, STRIDES = 8;

// Where and how somebody is while a step is shown.
export function personAt(timeline, facing, level, time) {
  const { frame, before, part } = timeline;
  const person = { x: frame.x, y: frame.y, pose: "idle", facing, phase: time, mood: mood(frame, level) };
  if (part < 1) {
    if (frame.used) {
      person.pose = POSES[frame.used];
      person.phase = timeline.passed;
    } else if (frame.moved) {
      person.pose = "walk";
      person.x = before.x + (frame.x - before.x) * part;
      person.y = before.y + (frame.y - before.y) * part;
    } else if (frame.a !== null) {
      const lean = 0.13 * Math.sin(part * Math.PI);
      person.x += MOVES[frame.a][0] * lean;
      person.y += MOVES[frame.a][1] * lean;
    }
  } else if (frame.end) {
    person.pose = frame.end === "died" ? "faint" : "cheer";
    person.phase = timeline.rest;
  }
  return person;
}

export function facingAfter(frame, facing) {
  if (frame.used || frame.a === null) return "down";
  return frame.a < 4 ? FACES[frame.a] : facing;
}

const METERS = ["energy", "hygiene", "satiation", "money"];
function mood(frame, level) {
  const watched = level.deadly.length ? level.deadly : METERS.slice(0, 3);
  return Math.min(1, Math.min(...watched.map((key) => frame.m[METERS.indexOf(key)])) / 60);
}

export const indoors = (person) => ["sleep", "shower", "eat", "work"].includes(person.pose);

// Draws somebody out of doors around a cell's middle; `side` is a cell's side in pixels.
export function drawPerson(context, person, [x, y], side, look, still) {
  const foot = y + side * FOOT;
  const wide = person.pose === "faint" ? 0.8 : 0.46;
  stamp(context, "person/shadow", x, foot, side * wide, side * 0.15);
  if (person.pose === "faint") {
    const frame = still ? 0 : Math.floor(person.phase * 3) % 2;
    stamp(context, `person/faint${frame}`, x, foot - side * 0.27, side * 0.95, side * 0.691, { look });
    return;
  }
  const middle = foot - side * 0.395 - side * bob(person, still);
  for (const name of layers(person, look, still)) {
    const dressed = name === "person/sweat" ? undefined : look;
    stamp(context, name, x, middle, side * 0.64, side * 0.88, { look: dressed, flip: person.facing === "right" });
  }
}

// Draws the round window into the house where somebody sleeps, washes, eats or works.
export function drawIndoors(context, person, [x, y], side, look, still) {
  let open = still ? 1 : Math.min(1, person.phase / 0.18);
  open = (0.4 + 0.6 * Math.round(open * 5) / 5) * (open > 0.6 && open < 1 ? 1.06 : 1);
  const frame = still ? 0 : Math.floor(person.phase * 2.4) % 2;
  const size = side * 1.14 * open;
  stamp(context, `scene/${person.pose}${frame}`, x, y + side * 0.02, size, size, { look });
}

function bob(person, still) {
  if (still) return 0;
  if (person.pose === "walk") return 0.035 * Math.abs(Math.sin(person.phase * STRIDES * Math.PI / 2));
  if (person.pose === "cheer") return 0.14 * Math.abs(Math.sin(person.phase * 2 * Math.PI));
  return 0.006 * (1 + Math.sin(person.phase * 2.6));
}

function layers(person, look, still) {
  if (person.pose === "cheer") {
    const arms = still ? 0 : Math.floor(person.phase * 5) % 2;
    return [`person/cheer${arms}`, "person/face_down_cheer"];
  }
  const side = person.facing === "right" ? "left" : person.facing;
  const step = person.pose === "walk" && !still ? `walk${Math.floor(person.phase * STRIDES) % 4}` : "idle";
  const names = [`person/${side}_${step}`];
  if (side !== "up") names.push(`person/face_${side}_${expression(person, look)}`);
  if (person.mood < 0.2 && (still || person.phase % 1.2 < 0.8)) names.push("person/sweat");
  return names;
}

function expression(person, look) {
  if ((person.phase + 1.3 * look) % 3.4 > 3.22) return "blink";
  return person.mood > 0.66 ? "happy" : person.mood > 0.33 ? "ok" : "tired";
}

// All pictures of a person, to have them before they are needed.
export function wardrobe() {
  const names = ["person/shadow"];
  for (const side of ["down", "left", "up"]) {
    for (const step of ["idle", "walk0", "walk1", "walk2", "walk3"]) names.push(`person/${side}_${step}`);
    if (side !== "up") for (const face of ["ok", "happy", "tired", "blink"]) names.push(`person/face_${side}_${face}`);
  }
  for (const scene of ["sleep", "shower", "eat", "work"]) names.push(`scene/${scene}0`, `scene/${scene}1`);
  return [...names, "person/cheer0", "person/cheer1", "person/face_down_cheer", "person/faint0", "person/faint1"];
}
