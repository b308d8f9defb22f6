/** The bar above the shop that says what to try next. It belongs to the demo, not to the shop, and looks it. */

import { html } from 'hono/html';
import { scriptJson } from '../data-layer.ts';
import { type Html, linkTo, type View } from '../view.ts';

/** What was done last with an offer: the next pages go on from there. */
export type DemoStage = 'accepted' | 'declined' | 'bought';

export interface DemoHint {
  /** What this page says whatever was done before. */
  hint?: string;
  /** What has been done once this page is there. */
  stage?: DemoStage;
}

export function demoBar(view: View, { hint, stage }: DemoHint): Html {
  const { demo } = view.words;
  const [withPointer, withTouch] = view.cart.length > 0 ? [demo.leave, demo.leaveTouch] : [demo.look, demo.lookTouch];
  const next =
    hint === undefined
      ? html`<span class="by-pointer">${withPointer}</span><span class="by-touch">${withTouch}</span>`
      : html`<span>${hint}</span>`;
  return html`<aside class="demo-bar" aria-label="${demo.label}">
<p class="demo-next"><b>${demo.label}</b> <span id="demo-next" role="status">${next}</span></p>
<p class="demo-links"><a href="${view.inbox}">${demo.inbox}</a><a href="${linkTo(view, '/restart')}" rel="nofollow">${demo.restart}</a></p>
</aside>
${followSteps(view, { stage, fixed: hint !== undefined })}`;
}

/** Hears of offers as any shop's page can, by Linger's DOM events, and remembers the last for as long as the tab is open. */
function followSteps({ words }: View, { stage, fixed }: { stage: DemoStage | undefined; fixed: boolean }): Html {
  const { accepted, declined, bought } = words.demo;
  return html`<script>
(function () {
  var words = ${scriptJson({ accepted, declined, bought })};
  function told(stage) {
    try {
      if (stage) sessionStorage.setItem('demo-stage', stage);
      return sessionStorage.getItem('demo-stage');
    } catch (e) { return stage; }
  }
  function show(stage, anyway) {
    var text = words[stage];
    if (text && (anyway || ${scriptJson(!fixed)})) document.getElementById('demo-next').textContent = text;
  }
  show(told(${scriptJson(stage ?? null)}));
  ['accepted', 'declined'].forEach(function (stage) {
    document.addEventListener('linger:' + stage, function () { show(told(stage), true); });
  });
})();
</script>`;
}
