/** The chunk of shops whose rules have other formats, further steps or looks of their own: loaded in place of the plain dialog's. */

import type { PopupOptions } from '../bridge.ts';
import { besides } from './beside.tsx';
import { modal } from './modal.tsx';
import { openAs } from './open.ts';

export function openPopup(options: PopupOptions): void {
  const { format } = options.rule.popup;
  openAs(format === 'modal' || format === 'sheet' ? modal : besides(format), options);
}
