/** How a shop looks and signs, set once for its popup, letters and pages. */

/** Only faces that readers already have: mail programs fetch none. */
export const BRAND_FONTS = ['system', 'grotesque', 'humanist', 'serif'] as const;
export type BrandFont = (typeof BRAND_FONTS)[number];

export interface Brand {
  /** `#rrggbb` or `#rgb`; a dark green of our own where the shop set none. */
  accent?: string;
  /** Null takes back what was said. */
  logo?: string | null;
  font?: BrandFont;
  /** Of a card's corners in px, 0–32; what stands inside is rounder or less in proportion. */
  radius?: number;
  /** Of the popup alone: its ground and its words, where it stands, a picture in place of the item's. */
  background?: string;
  text?: string;
  side?: 'left' | 'right';
  picture?: string | null;
  /** A line of the shop's own under every letter: its hours, its legal name. */
  footer?: string;
  /** Where else the shop can be met, under the name that readers know it by: `{name: "Instagram", url}`. */
  social?: { name: string; url: string }[];
  /** The shop's own terms, by the language of the letter. */
  facts?: { en?: BrandFacts; ru?: BrandFacts };
  /** An address that people read, for questions. */
  replyTo?: string;
}

/** What somebody who hesitates wants to know, in the shop's words. */
export interface BrandFacts {
  choosing?: string;
  delivery?: string;
  returns?: string;
  /** To whoever sends a form. */
  answer?: string;
}

/** What a card has where the shop has set none. */
export const RADIUS = 20;

export const FONT_STACKS: Record<BrandFont, string> = {
  system: "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  grotesque: "'Helvetica Neue', Helvetica, Arial, sans-serif",
  humanist: 'Verdana, Tahoma, Geneva, sans-serif',
  serif: "Georgia, Cambria, 'Times New Roman', serif",
};
