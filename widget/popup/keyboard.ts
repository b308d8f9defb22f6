/** Notices an on-screen keyboard: it lies over the page's lower edge, and browsers leave what is fixed there beneath it. */

/** Tells how many px of the page's lower edge it hides, from now on; returns how to stop. */
export function onKeyboard(tell: (hidden: number) => void): () => void {
  const seen = window.visualViewport;
  if (!seen) return () => {};
  const measure = (): void => {
    // Zoomed in, what is out of sight is merely outside.
    const hidden = seen.scale > 1 ? 0 : innerHeight - seen.height - seen.offsetTop;
    tell(Math.max(0, Math.round(hidden)));
  };
  seen.addEventListener('resize', measure);
  seen.addEventListener('scroll', measure);
  return () => {
    seen.removeEventListener('resize', measure);
    seen.removeEventListener('scroll', measure);
  };
}
