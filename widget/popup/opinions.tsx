/** What buyers wrote, quoted under the things it is about. */

import { thingsOf, type View } from './view.ts';

export { css } from './opinions.css';

const MOST_STARS = 5;
/** Two lines of it are seen; readers that speak hear no more than this. */
const LONGEST = 240;

export const Opinions = ({ view: { opinions, ...view } }: { view: View }) => {
  const { say } = view.words;
  const shown = new Set(thingsOf(view as View).map(({ id }) => id));
  return (
    opinions.length > 0 && (
      <ul class="opinions" aria-label={say('reviews')}>
        {opinions.map(({ stars, text, author, item }) => (
          <li>
            <p>
              <span class="stars" role="img" aria-label={say('stars', { stars: `${stars}` })}>
                {'★'.repeat(stars) + '☆'.repeat(MOST_STARS - stars)}
              </span>
              {[author, item && !shown.has(item.id) ? item.title : ''].filter(Boolean).join(', ')}
            </p>
            <blockquote class="name">
              {text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/\S*$/, '')}…` : text}
            </blockquote>
          </li>
        ))}
      </ul>
    )
  );
};
