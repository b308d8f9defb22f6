/** The chunk of shops whose rules speak in a plain dialog. */

import type { PopupOptions } from '../bridge.ts';
import { modal } from './modal.tsx';
import { openAs } from './open.ts';

export const openPopup = (options: PopupOptions): void => openAs(modal, options);
