// The clock of the screen in the room; everything else comes from the server, as counts.
import { clockText, countdown } from "../parts/clock.js";

const HALF = 500;
const lefts = new WeakMap();

function tick() {
  const clock = document.querySelector("[data-closes]");
  if (!clock) return;
  if (!lefts.has(clock)) lefts.set(clock, countdown(Number(clock.dataset.closes), Number(clock.dataset.now)));
  clock.textContent = clockText(lefts.get(clock)());
}

setInterval(tick, HALF);
tick();
