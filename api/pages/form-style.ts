/** How our pages' forms look: large enough to tap, quiet enough to read. */

/** Longest comment that is taken. */
export const LONGEST_COMMENT = 2_000;

export const FORM_STYLE = `
main { max-width: 34rem }
form { margin: 1.5rem 0 }
fieldset { border: 0; margin: 0 0 1.5rem; padding: 0; min-width: 0 }
legend { padding: 0; margin: 0 0 .4rem; font-weight: 600 }
label.row { display: flex; gap: .8rem; align-items: center; min-height: 44px; padding: .35rem 0; border-bottom: 1px solid var(--line); cursor: pointer }
label.row:last-child { border-bottom: 0 }
input + label.row { margin-top: .5rem }
input[type=checkbox], input[type=radio] { flex: none; width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--accent) }
select, textarea { font: inherit; width: 100%; min-height: 44px; padding: .6rem .7rem; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 8px }
select { max-width: 16rem }
option { color: #1d2522; background: #fbfaf7 }
button.quiet { text-align: left; background: transparent; color: var(--link); padding-left: 0; padding-right: 0; text-decoration: underline; text-underline-offset: 3px }
.rule { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: .8rem }
.said { border-left: 3px solid var(--link); padding-left: .8rem }
.choices { display: grid; gap: .5rem; padding: 0; margin: 0 }
.choices button { text-align: left; background: transparent; color: inherit; border: 1px solid var(--line) }
.choices button:hover { border-color: var(--link) }
.scale { display: grid; grid-template-columns: repeat(11, 1fr); gap: .35rem }
@media (max-width: 34rem) { .scale { grid-template-columns: repeat(6, 1fr) } }
.scale label { position: relative; display: grid; place-items: center; min-height: 46px; border: 1px solid var(--line); border-radius: 8px; cursor: pointer; font-weight: 600 }
.scale input[type=radio] { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer }
.scale label:hover { border-color: var(--link) }
.scale label:has(:checked) { background: var(--accent); border-color: var(--accent); color: var(--on-accent) }
.scale label:has(:focus-visible) { outline: 3px solid var(--link); outline-offset: 2px }
.ends { display: flex; justify-content: space-between; gap: 1rem; margin: .4rem 0 1.5rem }
`;
