// What stands behind “#” in an address never reaches the server: a scanned slip carries its code there. Signing in
// on the way would lose it, so the sign-in page keeps it in this tab for the page one was going to.
export const fragments = () => {
  const next = new URLSearchParams(location.search).get("next");
  if (!next?.startsWith("/") || location.hash.length < 2) return;
  sessionStorage.setItem(`fragment:${next.split(/[?#]/)[0]}`, location.hash);
};
