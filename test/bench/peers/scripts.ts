/** What the widget is measured against: other people's scripts as they publish them, and a popup with nothing around it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from '../../../widget/build/bundle.ts';
import { installPeers, PACKAGES } from './install.ts';

export type PeerName = 'ouibounce' | 'plausible' | 'posthog with surveys' | 'bare Preact popup';

export interface PeerScript {
  /** Its path on the server. */
  path: string;
  code: string;
}

/** Each peer's scripts in the order in which a page gets them. The first call installs them into this folder, and nowhere else. */
export async function peerScripts(): Promise<Record<PeerName, PeerScript[]>> {
  installPeers();
  const published = (file: string): string => readFileSync(join(PACKAGES, file), 'utf8');
  const [plausible, bare] = await Promise.all([built('plausible.js'), built('bare-popup.ts')]);
  return {
    ouibounce: [{ path: '/ouibounce.min.js', code: published('ouibounce/build/ouibounce.min.js') }],
    plausible: [{ path: '/plausible.js', code: plausible }],
    'posthog with surveys': [
      { path: '/static/array.js', code: published('posthog-js/dist/array.js') },
      { path: '/static/surveys.js', code: published('posthog-js/dist/surveys.js') },
    ],
    'bare Preact popup': [{ path: '/bare-popup.js', code: bare }],
  };
}

/** As the widget itself is built. */
async function built(entry: string): Promise<string> {
  const define = { FULL: false };
  return (await bundle({ name: entry, entry: join(import.meta.dirname, entry), format: 'iife', define })).code;
}
