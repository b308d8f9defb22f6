/** A shop's platform, as far as codes go: makes them good in its checkout, and takes them out again. Knows no row of ours. */

import type { Offer } from '../../core/rules/offer.ts';

export interface CodesWanted {
  /** Names of ours: at most `batch`. Sent again after an answer got lost, they are the same. */
  codes: readonly string[];
  offer: Offer;
  /** How often each may be used; null is without end. */
  uses: number | null;
  /** What the shop's own people read beside it. */
  title: string;
  /** The platform's discount that the codes go to; null: there is none yet. */
  discount: string | null;
  /** The platform's job that was adding these very codes when it was last asked; null: none was begun. */
  job: string | null;
}

export interface MintedCode {
  code: string;
  /** What the platform calls it. */
  external: string;
}

/** Something went wrong: `later` passes by itself, `refused` needs a person. */
export type PlatformFailure =
  | { kind: 'later'; reason: string; afterMs: number | null }
  | { kind: 'refused'; reason: string };

export type MintOutcome =
  /** `lost`: somebody else's code has this name, or the platform would not take it. */
  | { kind: 'minted'; codes: MintedCode[]; lost: string[]; discount: string | null }
  /** The platform is still adding them: ask again with the same codes. */
  | { kind: 'adding'; discount: string; job: string }
  | PlatformFailure;

export interface CodeToRemove extends MintedCode {
  discount: string | null;
}

/** What isn't there any more counts as removed. */
export type RemoveOutcome = { kind: 'removed' } | PlatformFailure;

export interface CodePlatformClient {
  /** How many codes one call takes. */
  batch: number;
  mint(wanted: CodesWanted): Promise<MintOutcome>;
  remove(codes: readonly CodeToRemove[]): Promise<RemoveOutcome>;
}
