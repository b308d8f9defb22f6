/** The chunk of shops whose rules have other formats, further steps or looks of their own: loaded in place of the plain dialog's. */

import type { OpenPopup, PopupChunk, PopupOptions } from '../bridge.ts';
import { besides } from './beside.tsx';
import { modal } from './modal.tsx';
import { drawAs } from './open.ts';
import type { Parts } from './parts.ts';
import { partsOf } from './parts-of.ts';

/** The parts' file names, put in by the build. */
declare const PARTS: Record<string, string>;

let parts: Partial<Parts> = {};

export const prepare: PopupChunk['prepare'] = async (rules, locale) => {
  const chunks = await Promise.all(partsOf(rules, locale).map(load));
  parts = Object.assign({}, ...chunks, { css: chunks.map(({ css }) => css).join('') });
};

const load = (part: string): Promise<Partial<Parts>> => import(new URL(PARTS[part] ?? '', import.meta.url).href);

export function drawPopup(options: PopupOptions): OpenPopup {
  const { format } = options.rule.popup;
  return drawAs(
    format === 'modal' || format === 'sheet' ? modal : besides(format),
    { ...options, more: parts.more ?? null },
    parts,
  );
}
