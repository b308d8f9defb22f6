/** The demo shop's pictures by name, as SVG text. All of them are drawn here, none is anybody else's. */

import { evening, sign } from './pictures/evening.ts';
import { lightPictures } from './pictures/light.ts';
import { restPictures } from './pictures/rest.ts';
import { teaPictures } from './pictures/tea.ts';

const pictures = new Map<string, string>(
  Object.entries({ ...teaPictures, ...lightPictures, ...restPictures, evening, sign }),
);

export function pictureFor(name: string): string | undefined {
  return pictures.get(name);
}
