/** Whether the visitor is in the middle of filling something in: then nothing of ours may come between. */

export function isTyping(): boolean {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return (
    focused instanceof HTMLElement && (focused.isContentEditable || focused.matches('input,textarea,select,iframe'))
  );
}
