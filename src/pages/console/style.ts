/** The style sheet of the console, in addition to the one that all pages have. */
export const consoleStyle = `
  main a { color: var(--accent); }
  #console { max-width: 1000px; margin: 0 auto; }
  #console main { max-width: none; }
  #console main:focus { outline: none; }
  header { margin-bottom: 16px; }
  header h1 { margin: 0; }
  nav a { color: var(--accent); padding: 8px; border-radius: 6px; text-decoration: none; }
  nav a[aria-current] { background: var(--paper); box-shadow: inset 0 0 0 1px var(--line); }
  h2 { font-size: 18px; margin: 0 0 12px; }
  select { font: inherit; padding: 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--ground); color: var(--ink); }
  .list { list-style: none; margin: 0; padding: 0; }
  .list li { border-top: 1px solid var(--line); padding: 10px 0; overflow-wrap: anywhere; }
  .list li:first-child { border-top: 0; }
  .list a { color: var(--accent); font-weight: 600; text-decoration: none; }
  .list a:hover, .list a:focus-visible { text-decoration: underline; }
  .badge { font-size: 13px; border: 1px solid var(--line); border-radius: 999px; padding: 1px 8px; margin-left: 6px; white-space: nowrap; }
  .badge.bad { color: var(--wrong); border-color: currentColor; }
  dl { display: grid; grid-template-columns: minmax(110px, max-content) 1fr; gap: 6px 16px; margin: 0; }
  dt { color: var(--soft); }
  dd { margin: 0; overflow-wrap: anywhere; }
  .actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 16px; }
  button.danger { background: none; color: var(--wrong); border: 1px solid currentColor; }
  .filters { display: flex; flex-wrap: wrap; gap: 12px; align-items: end; margin-bottom: 8px; }
  .filters label { flex: 1 1 180px; }
  .filters select, .filters input { width: 100%; margin: 4px 0 0; display: block; }
  dialog { border: 1px solid var(--line); border-radius: 8px; background: var(--paper); color: var(--ink); width: min(440px, calc(100vw - 32px)); padding: 20px; }
  dialog::backdrop { background: rgb(0 0 0 / .5); }
  .check { display: flex; gap: 8px; align-items: center; margin-bottom: 8px; }
  .check input { width: auto; margin: 0; }
  svg { width: 100%; height: auto; display: block; }
  .good { fill: var(--accent); }
  .bad-bar { fill: var(--wrong); }
  .line { fill: none; stroke: var(--soft); stroke-width: 2; }
  .axis { stroke: var(--line); }
  .list .soft { margin: 2px 0; }
  .back { color: var(--accent); }
  .key { display: inline-block; margin-right: 16px; }
  .key::before { content: ''; display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 6px; background: var(--soft); }
  .key.good::before { background: var(--accent); }
  .key.bad-bar::before { background: var(--wrong); }
`;
