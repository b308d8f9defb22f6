/** The chunk of shops whose rules speak in a plain dialog. */

import type { OpenPopup, PopupOptions } from '../bridge.ts';
import { modal } from './modal.tsx';
import { drawAs } from './open.ts';

export const drawPopup = (options: PopupOptions): OpenPopup => drawAs(modal, options);
