/** The style sheet of the HTML report. The filter is CSS alone: servers that show build artifacts forbid scripts. */
export const HTML_STYLE = `
:root{color-scheme:light dark;--fg:#1f2328;--bg:#fff;--soft:#656d76;--line:#d0d7de;--panel:#f6f8fa;--pass:#1a7f37;--fail:#cf222e;--skip:#9a6700;--del:#ffebe9;--ins:#dafbe1}
@media (prefers-color-scheme:dark){:root{--fg:#e6edf3;--bg:#0d1117;--soft:#8d96a0;--line:#30363d;--panel:#161b22;--pass:#3fb950;--fail:#f85149;--skip:#d29922;--del:#48191d;--ins:#12361f}}
body{margin:0 auto;max-width:70rem;padding:1.5rem;font:15px/1.5 system-ui,sans-serif;color:var(--fg);background:var(--bg)}
h1{font-size:1.3rem;margin:0}h2{font-size:1rem;margin:1.5rem 0 .4rem;overflow-wrap:anywhere}
.facts{color:var(--soft);margin:.2rem 0 1rem}.verdict{font-weight:600}.verdict.fail{color:var(--fail)}.verdict.pass{color:var(--pass)}
input.filter{position:absolute;opacity:0}
label{display:inline-block;border:1px solid var(--line);border-radius:2rem;padding:.1rem .8rem;margin:0 .3rem .3rem 0;cursor:pointer}
input.filter:checked+label{background:var(--fg);color:var(--bg)}input.filter:focus-visible+label{outline:2px solid var(--skip)}
.case{border-bottom:1px solid var(--line);padding:.25rem .4rem;overflow-wrap:anywhere;content-visibility:auto;contain-intrinsic-size:auto 2rem}
summary{cursor:pointer}.status{display:inline-block;width:3.4rem;font-weight:600}
.pass .status{color:var(--pass)}.fail .status,.stale .status{color:var(--fail)}.skip .status,.known .status{color:var(--skip)}
.time,.note{color:var(--soft);font-size:.85em}.note{margin-left:3.4rem}.note.error{color:var(--fail)}.note.warn{color:var(--skip)}
pre{background:var(--panel);padding:.6rem;overflow:auto;font:13px/1.45 ui-monospace,monospace;margin:.4rem 0;white-space:pre-wrap}
del,ins{text-decoration:none}del{background:var(--del)}ins{background:var(--ins)}
#show-pass:checked~main .case:not(.pass),#show-fail:checked~main .case:not(.fail,.stale),#show-skip:checked~main .case:not(.skip),#show-known:checked~main .case:not(.known){display:none}
#show-pass:checked~main section:not(:has(.pass)),#show-fail:checked~main section:not(:has(.fail,.stale)),#show-skip:checked~main section:not(:has(.skip)),#show-known:checked~main section:not(:has(.known)){display:none}
`;
