/** What a shop's developer asked to hear, with `?linger=debug` in the address. Nobody else hears anything. */

export function warn(name: unknown, data: unknown): void {
  if (!/[?&]linger=debug(&|$)/.test(location.search)) return;
  // biome-ignore lint/suspicious/noConsole: this is what was asked for.
  console.warn(`linger('${String(name)}', …) makes no sense here and was ignored:`, data);
}
