/** The first sentences of a description, as plain text: as much as stands under a thing in a letter. */

const LONGEST = 240;
/** A first sentence that is shorter says too little. */
const SHORTEST = 60;

export function briefText(text: string | null): string | null {
  const plain = (text ?? '')
    .replace(/<(style|script)\b[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
    .replace(/<[^>]*>?/g, ' ')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/ (?=[.,;:!?])/g, '')
    .toWellFormed()
    .trim();
  if (plain.length <= LONGEST) return plain || null;
  const cut = plain.slice(0, LONGEST).toWellFormed();
  const sentences = new RegExp(`^.{${SHORTEST},}[.!?…](?= )`, 'u').exec(cut)?.[0];
  return sentences ?? `${cut.replace(/[\s,;:–—-]+\S*$/, '')}…`;
}
