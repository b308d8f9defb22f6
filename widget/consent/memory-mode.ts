/** How much of a visit may be remembered, by everything that has been said of it. Knows no browser and no banner. */

import type { MemoryMode } from '../../core/visits/wire.ts';

/** `granted` and `denied` are the visitor's own answer; `waiting`: not asked or not answered yet; `presumed`: the site says that here nobody need be asked. */
export type Answer = 'granted' | 'denied' | 'waiting' | 'presumed';

export interface Signals {
  /** The shop's: how much before anyone has answered. */
  setting: MemoryMode;
  /** `linger('consent', …)`, the latest, or null. */
  said: MemoryMode | null;
  /** Google Consent Mode and IAB TCF, or null where the page has none, or none that applies here. */
  google: Answer | null;
  tcf: Answer | null;
  /** Global Privacy Control. */
  gpc: boolean;
  /** What the visitor agreed to on an earlier page of ours, or null. */
  agreed: MemoryMode | null;
}

export interface Permission {
  mode: MemoryMode;
  by: 'shop' | 'banner' | 'site' | 'gpc' | 'agreed' | 'setting';
  /** False while an answer may still come: then nothing that is stored already is touched. */
  settled: boolean;
}

const LEAST_FIRST: readonly MemoryMode[] = ['none', 'session', 'full'];

const atMost = (limit: MemoryMode, mode: MemoryMode): MemoryMode =>
  LEAST_FIRST.indexOf(mode) > LEAST_FIRST.indexOf(limit) ? limit : mode;

/**
 * The shop's own word for this visitor comes first, then what its banner says, then what was agreed to before, then the shop's setting.
 * All but the shop's own word end at `session` under Global Privacy Control.
 */
export function memoryMode(signals: Signals): Permission {
  const { said, gpc } = signals;
  if (said) return { mode: said, by: 'shop', settled: true };
  const permission = unlimited(signals);
  return gpc && permission.mode === 'full' ? { ...permission, mode: 'session', by: 'gpc' } : permission;
}

function unlimited({ setting, google, tcf, agreed }: Signals): Permission {
  const answers = [google, tcf];
  const unasked = atMost('session', setting);
  if (answers.includes('denied')) return { mode: unasked, by: 'banner', settled: true };
  if (answers.includes('granted')) return { mode: 'full', by: 'banner', settled: true };
  if (answers.includes('waiting')) return { mode: unasked, by: 'banner', settled: false };
  if (answers.includes('presumed')) return { mode: 'full', by: 'site', settled: true };
  if (agreed) return { mode: agreed, by: 'agreed', settled: true };
  return { mode: setting, by: 'setting', settled: true };
}
