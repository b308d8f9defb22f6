/** Forgets the visitor in this browser and goes home. It carries no tag: Linger on this page would remember again at once. */

import { html } from 'hono/html';
import { scriptJson } from '../data-layer.ts';
import { type Html, linkTo, type View } from '../view.ts';

/** The page that was left may still be telling Linger who it was, and its answer brings a cookie: that one is forgotten too. */
const LAST_WORDS_MS = 1_000;

export function restartPage(view: View): Html {
  const { restart, shop } = view.words;
  const home = linkTo(view, '');
  return html`<!doctype html>
<html lang="${view.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${restart.title} · ${shop}</title>
<meta name="robots" content="noindex">
<link rel="stylesheet" href="${view.base}/shop.css">
</head>
<body>
<main id="content" class="restart"><h1>${restart.title}</h1><p class="lead">${restart.lead}</p><a class="button" href="${home}">${restart.go}</a></main>
<script>
localStorage.clear();
sessionStorage.clear();
for (const pair of document.cookie.split('; ')) {
  const name = pair.split('=')[0];
  for (const path of ['/', ${scriptJson(view.base)}]) document.cookie = name + '=; path=' + path + '; max-age=0';
}
setTimeout(() => location.replace(${scriptJson(`${linkTo(view, '/restart')}?home`)}), ${LAST_WORDS_MS});
</script>
</body>
</html>`;
}
