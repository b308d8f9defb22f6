/** The chunk of shops whose rules speak in other formats too: loaded in place of the dialog's own. */

import type { PopupOptions } from '../bridge.ts';
import { besides } from './beside.tsx';
import { modal } from './modal.tsx';
import { openAs } from './open.ts';

export function openPopup(options: PopupOptions): void {
  const { format } = options.rule.popup;
  openAs(format === 'modal' || format === 'sheet' ? modal : besides(format), options);
}
