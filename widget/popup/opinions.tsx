/** What buyers wrote, quoted under the things it is about. */

import type { Opinion } from '../bridge.ts';
import { thingsOf, type View } from './view.ts';

export { css } from './opinions.css';

const MOST_STARS = 5;
/** Two lines of it are seen; readers that speak hear no more than this. */
const LONGEST = 240;

export const Opinions = ({ view }: { view: View }) => {
  const { say } = view.words;
  const shown = thingsOf(view).map(({ id }) => id);
  /** Who wrote it, and of what where that is none of the things above. */
  const source = ({ author, item }: Opinion): string =>
    [author, item && !shown.includes(item.id) && item.title].filter(Boolean).join(', ');
  return (
    view.opinions.length > 0 && (
      <ul class="opinions" aria-label={say('reviews')}>
        {view.opinions.map((opinion) => (
          <li>
            <p>
              <span class="stars" role="img" aria-label={say('stars', { stars: `${opinion.stars}` })}>
                {'★'.repeat(opinion.stars) + '☆'.repeat(MOST_STARS - opinion.stars)}
              </span>
              {source(opinion)}
            </p>
            <blockquote class="name">{cut(opinion.text)}</blockquote>
          </li>
        ))}
      </ul>
    )
  );
};

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\S*$/, '')}…` : text);
