/** Whether the visitor is in the middle of filling something in: then nothing of ours may come between. */

/** An `<input>` that takes no text keeps the focus after its click: that of an "add to cart" must not count. */
const FIELDS =
  'textarea,select,iframe,input:not([type=button],[type=submit],[type=image],[type=reset],[type=checkbox],[type=radio])';

export function isTyping(): boolean {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement && (focused.isContentEditable || focused.matches(FIELDS));
}
