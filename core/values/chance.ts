/** A draw that needs no memory: the same name always gives the same number, and different names spread evenly. Not for secrets. */

/** 0 ≤ x < 1, in steps of 2⁻³². */
export function chanceOf(name: string): number {
  // FNV-1a over UTF-16 units, then murmur3's finalizer: FNV alone leaves names that differ at their end close together.
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}
