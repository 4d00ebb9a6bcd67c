// Time left by the server's clock, whatever the device's own says; the last minutes are told to who cannot see them.
const SECOND = 1000;
const TOLD = [300, 60]; // seconds left at which a screen reader is told
const pairs = (left) => [...(left >= 3600 ? [Math.floor(left / 3600)] : []), Math.floor(left / 60) % 60, left % 60];

/** “08:24”, with hours where there are any. */
export const clockText = (left) => pairs(left).map((number) => String(number).padStart(2, "0")).join(":");

/** Seconds until `closes`, when the server's clock said `now` at the moment of asking. */
export function countdown(closes, now) {
  const ahead = now - Date.now();
  return () => Math.max(0, Math.floor((closes - Date.now() - ahead) / SECOND));
}

let running = 0;

/** Keep the clock at the top of the voting page. */
export function keepTime(closes, now) {
  const left = countdown(closes, now);
  const clock = document.getElementById("con-lai");
  const said = document.getElementById("bao-gio");
  const tick = () => {
    const seconds = left();
    clock.textContent = clockText(seconds);
    if (TOLD.includes(seconds)) said.textContent = `Còn ${seconds / 60} phút.`;
    if (!seconds) said.textContent = "Hết giờ nhận phiếu.";
  };
  clock.parentElement.hidden = false;
  clearInterval(running);
  running = setInterval(tick, SECOND);
  tick();
}
