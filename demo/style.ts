/** The demo shop's one stylesheet: warm paper, dark ink, clay for what can be pressed. No web fonts. */

export const STYLE = `
:root { --paper: #faf6ee; --card: #fffdf8; --ink: #2d2a26; --soft: #665f55; --line: #e4dccd; --clay: #9c4a2c; --clay-dark: #7d3921; --moss: #4c5b3b; --wrong: #a3261b; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.55 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
h1, h2, .brand { font-family: ui-serif, "Iowan Old Style", Charter, Georgia, "PT Serif", serif; font-weight: 600; line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.75rem, 4vw, 2.5rem); margin: 0 0 .6rem; }
h2 { font-size: 1.35rem; margin: 2rem 0 .6rem; }
p { margin: 0 0 .9rem; text-wrap: pretty; }
img { display: block; max-width: 100%; height: auto; }
ul { list-style: none; margin: 0; padding: 0; }
a { color: inherit; text-underline-offset: .2em; text-decoration-thickness: 1px; }
a:hover { color: var(--clay); }
:focus-visible { outline: 3px solid var(--clay); outline-offset: 3px; border-radius: 4px; }
main:focus { outline: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; z-index: 2; background: var(--card); padding: .5rem 1rem; }
.lead { font-size: 1.1rem; color: var(--soft); max-width: 38em; }
.quiet { font-size: .9rem; color: var(--soft); }
.button { display: inline-block; border: 1px solid var(--clay); border-radius: 10px; background: var(--clay); color: #fff; font: inherit; font-weight: 600; line-height: 1.3; padding: .75rem 1.4rem; text-decoration: none; text-align: center; cursor: pointer; }
.button + .quiet { margin-top: .7rem; }
.panel > :last-child { margin-bottom: 0; }
.button:hover { background: var(--clay-dark); color: #fff; }
.button.light { background: transparent; color: var(--clay); }
.button.light:hover { background: #f3e6dc; color: var(--clay-dark); }
.button.bare { border-color: transparent; background: transparent; color: var(--soft); font-weight: 400; text-decoration: underline; text-underline-offset: .2em; padding-inline: .5rem; }
.button.bare:hover { color: var(--clay); }
.button.wide { width: 100%; }
input { font: inherit; color: inherit; background: #fff; border: 1px solid #94897a; border-radius: 10px; padding: .7rem .8rem; min-width: 0; }
input[aria-invalid=true] { border-color: var(--wrong); }
input[type=number] { width: 4.8em; }

.demo-bar { background: #1d2533; color: #e8edf6; font-size: .82rem; line-height: 1.45; padding: .5rem clamp(1rem, 4vw, 3rem); display: flex; flex-wrap: wrap; gap: .2rem 1.5rem; justify-content: space-between; }
.demo-bar p { margin: 0; }
.demo-bar .demo-next { max-width: 62em; }
.restart { padding-top: 4rem; }
.demo-bar b { color: #8fd0ff; font-weight: 600; margin-right: .5em; }
.demo-bar a { color: #fff; white-space: nowrap; }
.demo-bar :focus-visible { outline-color: #8fd0ff; }
.demo-links { display: flex; flex-wrap: wrap; gap: 0 1.2rem; }
.by-touch { display: none; }
@media (hover: none) { .by-pointer { display: none; } .by-touch { display: inline; } }

.header, main, .footer { max-width: 1160px; margin: 0 auto; padding-inline: clamp(1rem, 4vw, 2rem); }
.header { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.6rem; padding-block: 1.1rem; }
.brand { display: inline-flex; align-items: center; gap: .6rem; font-size: 1.3rem; text-decoration: none; margin-right: auto; }
.shelves { display: flex; gap: 1.4rem; }
.shelves a, .to-cart, .languages a { text-decoration: none; padding-block: .4rem; }
.shelves a[aria-current] { text-decoration: underline; text-decoration-thickness: 2px; text-decoration-color: var(--clay); }
.languages { display: flex; gap: .8rem; font-size: .85rem; }
.languages a { color: var(--soft); padding-inline: .2rem; }
.languages a[aria-current] { color: var(--ink); font-weight: 700; }
.badge { display: inline-grid; place-items: center; min-width: 1.5em; height: 1.5em; border-radius: 1em; background: var(--clay); color: #fff; font-size: .8rem; font-weight: 700; padding-inline: .35em; margin-left: .15em; }
main { padding-block: 1rem 4rem; }
.footer { padding-block: 0 2.4rem; font-size: .9rem; color: var(--soft); }
.footer::before { content: ""; display: block; border-top: 1px solid var(--line); margin-bottom: 1.6rem; }
.footer p { margin: 0 0 .3rem; }

.hero { display: grid; gap: 1.5rem 3rem; align-items: center; margin-bottom: 2.5rem; }
.hero img { border-radius: 18px; }
.hero h1 { font-size: clamp(2rem, 5.5vw, 3.4rem); }
.shelf-list { display: grid; gap: 1rem; margin-bottom: 3rem; }
.shelf { display: flex; align-items: center; gap: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; overflow: hidden; text-decoration: none; height: 100%; line-height: 1.4; padding-right: 1rem; }
.shelf img { width: 96px; }
.shelf span { color: var(--soft); font-size: .92rem; }
.shelf strong { color: var(--ink); font-size: 1.05rem; }
.cards { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.8rem 1rem; margin-top: 1.5rem; }
.card { display: flex; flex-direction: column; }
.card a { text-decoration: none; }
.card img { border-radius: 14px; margin-bottom: .7rem; }
.card-name { font-weight: 600; line-height: 1.35; display: block; }
.card:hover .card-name { color: var(--clay); }
.card-line { color: var(--soft); font-size: .9rem; line-height: 1.4; margin: .2rem 0 .5rem; }
.card-price { margin: auto 0 0; font-weight: 600; display: flex; flex-wrap: wrap; gap: .1rem .7rem; }
.sold-out { color: var(--soft); font-weight: 400; }

.crumbs { font-size: .9rem; margin-bottom: 1rem; color: var(--soft); }
.product { display: grid; gap: 1.5rem 3rem; }
.product > img { border-radius: 18px; width: 100%; }
.rating { color: var(--soft); font-size: .95rem; }
.price { font-size: 1.6rem; font-weight: 600; }
.buy { display: flex; gap: .7rem; margin-bottom: .6rem; }
.buy .button { flex: 1; max-width: 20em; }
.details { margin: 0; }
.details div, .sums div, .brief li { display: flex; justify-content: space-between; gap: 1.5rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
.details dt { color: var(--soft); }
.details dd, .sums dd { margin: 0; text-align: right; }
.notice { background: #e7ecdc; color: #34412a; border-radius: 10px; padding: .7rem 1rem; }
.notice.plain { background: #f4e7cf; color: #59421a; }
.right { color: var(--moss); font-weight: 600; margin: .5rem 0 0; }
.wrong { color: var(--wrong); margin: .5rem 0 0; font-size: .95rem; }

.line { display: grid; grid-template-columns: 88px 1fr; gap: .5rem 1rem; align-items: start; padding: 1.2rem 0; border-bottom: 1px solid var(--line); }
.line img { border-radius: 10px; }
.line-name p { margin: .2rem 0 0; }
.line-form { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; grid-column: 1 / -1; }
.line-form .button { padding-block: .65rem; }
.line-form .light { padding-inline: 1rem; }
.line-sum { margin: 0; font-weight: 600; grid-column: 1 / -1; text-align: right; }
.cart-end { display: flex; flex-wrap: wrap; gap: 1rem 2rem; justify-content: flex-end; align-items: center; margin-top: 1.5rem; }
.sum { margin: 0; font-size: 1.15rem; }
.checkout { display: grid; gap: 1.5rem 3rem; align-items: start; }
.checkout h2, .thanks h2 { margin-top: 0; }
.checkout { margin-top: 1.4rem; }
#code-answer .notice { margin-top: .7rem; }
.panel { background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: clamp(1rem, 4vw, 1.8rem); }
.field { margin: 1.1rem 0; }
.field label { display: block; font-weight: 600; margin-bottom: .3rem; }
.field > input { width: 100%; }
.field .quiet { margin: .3rem 0 0; }
.code { display: flex; flex-wrap: wrap; gap: .6rem; }
.code input { flex: 1 1 14rem; min-width: 0; }
.code .button { flex: 0 1 auto; }
.sums { margin: 1rem 0; }
.minus { color: var(--moss); font-weight: 600; }
.sums .pay { font-size: 1.2rem; font-weight: 600; border: 0; }
.thanks { max-width: 40rem; margin: 0 auto; }
.thanks .panel { margin-bottom: 1.5rem; }

@media (max-width: 719px) {
  .shelves { order: 1; width: 100%; justify-content: space-between; border-block: 1px solid var(--line); }
  .header { column-gap: .7rem; padding-bottom: .4rem; }
  .brand { font-size: 1.05rem; gap: .45rem; }
  .brand img { width: 28px; }
  .languages { gap: .2rem; }
  .to-cart { font-size: .95rem; }
}
@media (min-width: 720px) {
  .hero { grid-template-columns: 5fr 6fr; }
  .shelf-list { grid-template-columns: repeat(3, 1fr); }
  .cards { grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); column-gap: 1.5rem; }
  .product { grid-template-columns: 1fr 1fr; align-items: start; }
  .line { grid-template-columns: 96px 1fr auto 7.5em; align-items: center; }
  .line-form, .line-sum { grid-column: auto; }
  .checkout { grid-template-columns: 5fr 6fr; }
}
@media (min-width: 1100px) { .cards { grid-template-columns: repeat(4, 1fr); } }
`;
