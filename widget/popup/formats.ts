/** The chunk of shops whose rules have other formats, further steps or looks of their own: loaded in place of the plain dialog's. */

import type { Popup } from '../../core/popup.ts';
import type { OpenPopup, PopupChunk, PopupOptions } from '../bridge.ts';
import { besides } from './beside.tsx';
import { modal } from './modal.tsx';
import { drawAs } from './open.ts';
import type { Parts } from './parts.ts';

/** The parts' file names, put in by the build. */
declare const PARTS: Record<string, string>;

let parts: Partial<Parts> = {};

export const prepare: PopupChunk['prepare'] = async (rules, locale) => {
  const popups = rules.flatMap(({ popup, variants }) => [
    popup,
    ...variants.map((arm) => ({ ...popup, ...arm.popup })),
  ]);
  const wanted = new Set(popups.flatMap(partsOf).map((part) => (part === 'more' ? `more-${locale}` : part)));
  const chunks = await Promise.all([...wanted].map(load));
  parts = Object.assign({}, ...chunks, { css: chunks.map(({ css }) => css).join('') });
};

const load = (part: string): Promise<Partial<Parts>> => import(new URL(PARTS[part] ?? '', import.meta.url).href);

const partsOf = ({ format, steps = [], fields }: Popup): string[] => [
  ...(steps.length || fields || /bar|tab/.test(format) ? ['more'] : []),
  ...(fields ? ['fields'] : []),
  ...steps.map((step) => (/act|progress/.test(step) ? step : 'steps')),
  ...(/sheet|slide|tab/.test(format) && 'ontouchstart' in window ? ['swipe'] : []),
];

export function drawPopup(options: PopupOptions): OpenPopup {
  const { format } = options.rule.popup;
  return drawAs(
    format === 'modal' || format === 'sheet' ? modal : besides(format),
    { ...options, more: parts.more ?? null },
    parts,
  );
}
