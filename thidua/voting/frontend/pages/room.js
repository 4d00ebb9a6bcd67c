// The clock of the screen in the room; everything else comes from the server, as counts.
const SECOND = 1000;

function tick() {
  const clock = document.querySelector("[data-closes]");
  if (!clock) return;
  clock.dataset.started ??= String(Date.now());
  const now = Number(clock.dataset.now) + Date.now() - Number(clock.dataset.started);
  const left = Math.max(0, Math.floor((Number(clock.dataset.closes) - now) / SECOND));
  const pairs = [...(left >= 3600 ? [Math.floor(left / 3600)] : []), Math.floor(left / 60) % 60, left % 60];
  clock.textContent = pairs.map((number) => String(number).padStart(2, "0")).join(":");
}

setInterval(tick, SECOND / 2);
tick();
