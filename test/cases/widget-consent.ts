/** What is said of a visitor's consent, and how much may be remembered then. Whatever is not named was not said. */

import type { Permission, Signals } from '../../widget/consent/memory-mode.ts';

export const NOTHING_SAID: Signals = { setting: 'full', said: null, google: null, tcf: null, gpc: false, agreed: null };

type Expected = [mode: Permission['mode'], by: Permission['by'], settled?: 'for now'];

export const PERMISSIONS: [name: string, signals: Partial<Signals>, expected: Expected][] = [
  ['a shop that remembers everyone', { setting: 'full' }, ['full', 'setting']],
  ['a shop that remembers for the tab', { setting: 'session' }, ['session', 'setting']],
  ['a shop that asks first', { setting: 'none' }, ['none', 'setting']],

  ['the shop’s yes opens', { setting: 'none', said: 'full' }, ['full', 'shop']],
  ['the shop’s half yes opens half', { setting: 'none', said: 'session' }, ['session', 'shop']],
  ['the shop’s no closes', { setting: 'full', said: 'none' }, ['none', 'shop']],
  ['the shop’s word beats Google’s no', { said: 'full', google: 'denied' }, ['full', 'shop']],
  ['the shop’s no beats Google’s yes', { said: 'none', google: 'granted' }, ['none', 'shop']],
  ['the shop’s no beats the IAB’s yes', { said: 'none', tcf: 'granted' }, ['none', 'shop']],
  ['the shop’s yes beats Global Privacy Control: it has asked', { said: 'full', gpc: true }, ['full', 'shop']],
  ['the shop’s no beats an earlier yes', { said: 'none', agreed: 'full' }, ['none', 'shop']],

  ['Google’s yes opens', { setting: 'none', google: 'granted' }, ['full', 'banner']],
  ['Google’s no leaves the tab', { setting: 'full', google: 'denied' }, ['session', 'banner']],
  ['Google’s no leaves nothing where the shop asks first', { setting: 'none', google: 'denied' }, ['none', 'banner']],
  ['Google’s no is taken for a tab’s shop', { setting: 'session', google: 'denied' }, ['session', 'banner']],
  ['Google’s no beats an earlier yes', { google: 'denied', agreed: 'full' }, ['session', 'banner']],
  ['Google waits: the tab, for now', { setting: 'full', google: 'waiting' }, ['session', 'banner', 'for now']],
  ['Google waits: nothing, for now', { setting: 'none', google: 'waiting' }, ['none', 'banner', 'for now']],
  ['an earlier yes waits with Google', { google: 'waiting', agreed: 'full' }, ['session', 'banner', 'for now']],
  ['where Google presumes a yes, it is one', { setting: 'none', google: 'presumed' }, ['full', 'site']],

  ['the IAB’s yes opens', { setting: 'none', tcf: 'granted' }, ['full', 'banner']],
  ['the IAB’s no leaves the tab', { setting: 'full', tcf: 'denied' }, ['session', 'banner']],
  ['the IAB’s banner is open', { setting: 'none', tcf: 'waiting' }, ['none', 'banner', 'for now']],
  ['one no is a no', { google: 'granted', tcf: 'denied' }, ['session', 'banner']],
  ['the other no is a no', { setting: 'none', google: 'denied', tcf: 'granted' }, ['none', 'banner']],
  ['an answer beats a default that waits', { setting: 'none', google: 'waiting', tcf: 'granted' }, ['full', 'banner']],
  ['an open banner beats what is presumed', { google: 'presumed', tcf: 'waiting' }, ['session', 'banner', 'for now']],

  ['Global Privacy Control ends at the tab', { setting: 'full', gpc: true }, ['session', 'gpc']],
  ['Global Privacy Control asks for no more than the shop', { setting: 'none', gpc: true }, ['none', 'setting']],
  ['Global Privacy Control beats a banner’s yes', { google: 'granted', gpc: true }, ['session', 'gpc']],
  ['Global Privacy Control beats an earlier yes', { setting: 'none', agreed: 'full', gpc: true }, ['session', 'gpc']],

  ['an earlier yes holds on', { setting: 'none', agreed: 'full' }, ['full', 'agreed']],
  ['an earlier yes for the tab holds on', { setting: 'none', agreed: 'session' }, ['session', 'agreed']],
];

/** Entries of `dataLayer`, as `gtag('consent', …)` leaves them, and what they come to. */
export const GOOGLE: [name: string, entries: unknown[][], answer: string | null, patience: number][] = [
  ['nothing', [], null, 0],
  ['a default that denies', [['consent', 'default', { analytics_storage: 'denied' }]], 'waiting', 0],
  ['a default that grants', [['consent', 'default', { analytics_storage: 'granted' }]], 'presumed', 0],
  [
    'a default that waits',
    [['consent', 'default', { analytics_storage: 'denied', wait_for_update: 500 }]],
    'waiting',
    500,
  ],
  [
    'a default that would wait for ever',
    [['consent', 'default', { analytics_storage: 'denied', wait_for_update: 1e9 }]],
    'waiting',
    2_000,
  ],
  [
    'a region that denies among the world that grants',
    [
      ['consent', 'default', { analytics_storage: 'denied', region: ['DE'] }],
      ['consent', 'default', { analytics_storage: 'granted' }],
    ],
    'waiting',
    0,
  ],
  [
    'an update that grants',
    [
      ['consent', 'default', { analytics_storage: 'denied' }],
      ['consent', 'update', { analytics_storage: 'granted' }],
    ],
    'granted',
    0,
  ],
  [
    'an update that takes back',
    [
      ['consent', 'update', { analytics_storage: 'granted' }],
      ['consent', 'update', { analytics_storage: 'denied' }],
    ],
    'denied',
    0,
  ],
  [
    'an update about advertising alone',
    [
      ['consent', 'default', { analytics_storage: 'denied' }],
      ['consent', 'update', { ad_storage: 'granted' }],
    ],
    'waiting',
    0,
  ],
  ['the shop’s own word beside it', [['consent', 'full']], null, 0],
  ['junk', [['consent'], ['consent', 'update', null], ['consent', 'update', { analytics_storage: true }]], null, 0],
];

const ALL = { 1: true, 5: true, 6: true };

/** `TCData` as the IAB's banners give it. */
export const TCF: [name: string, data: unknown, answer: string | null][] = [
  ['law that does not apply', { gdprApplies: false, eventStatus: 'tcloaded', purpose: { consents: {} } }, null],
  ['a banner that is open', { gdprApplies: true, eventStatus: 'cmpuishown', purpose: { consents: ALL } }, 'waiting'],
  ['a yes to all', { gdprApplies: true, eventStatus: 'useractioncomplete', purpose: { consents: ALL } }, 'granted'],
  ['an earlier yes to all', { gdprApplies: true, eventStatus: 'tcloaded', purpose: { consents: ALL } }, 'granted'],
  ['a yes to storing alone', { eventStatus: 'tcloaded', purpose: { consents: { 1: true } } }, 'denied'],
  ['a yes to all but storing', { eventStatus: 'tcloaded', purpose: { consents: { ...ALL, 1: false } } }, 'denied'],
  [
    'a yes to the site itself',
    { eventStatus: 'tcloaded', purpose: { consents: {} }, publisher: { consents: ALL } },
    'granted',
  ],
  ['a no', { eventStatus: 'useractioncomplete', purpose: { consents: {} } }, 'denied'],
  ['junk', null, 'waiting'],
];
