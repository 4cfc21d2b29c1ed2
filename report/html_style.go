package report

// htmlStyle is the style sheet. Light and dark follow the reader's system;
// paper is always light. Every colour of text keeps a contrast of at least 4.5
// to what is behind it (WCAG 2.1, 1.4.3). Words break where a line is
// too short for them, but in tables only very long ones do: a screen scrolls a
// table by itself.
const htmlStyle = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1c2024;--soft:#5b5f67;--line:#d5d8dd;--box:#f5f6f8;--mark:#fdf3dc;--alarm:#b42318;--caution:#8a5207;--good:#18794e;--notice:#0b5cad}
@media(prefers-color-scheme:dark){:root{--bg:#15171a;--fg:#e8eaed;--soft:#a0a5ae;--line:#3a3f47;--box:#1f2227;--mark:#3a2f14;--alarm:#ff8a7a;--caution:#f5b94d;--good:#5fd39a;--notice:#7cb8ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:1rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;-webkit-text-size-adjust:100%;text-size-adjust:100%}
h1,h2,h3{line-height:1.3;margin:1.6rem 0 .5rem}
h1{font-size:1.35rem}h2{font-size:1.15rem}h3{font-size:1rem}
code,pre,.mono{font-family:ui-monospace,monospace;font-size:.9em}
code,pre,dd,td,b{unicode-bidi:isolate}
pre{background:var(--box);border:1px solid var(--line);border-radius:6px;padding:.5rem .8rem;white-space:pre-wrap;margin:.4rem 0}
pre span{white-space:nowrap}
article+article{border-top:3px double var(--line);margin-top:2rem;padding-top:.5rem}
.answer{border-left:6px solid var(--soft);background:var(--box);border-radius:6px;padding:.7rem 1rem;margin:1rem 0}
.answer h1{font-size:1.15rem;margin:0}.answer p{margin:.15rem 0}
.alarm{border-color:var(--alarm)}.caution{border-color:var(--caution)}.good{border-color:var(--good)}.notice{border-color:var(--notice)}
b.alarm{color:var(--alarm)}b.caution{color:var(--caution)}b.good{color:var(--good)}b.notice{color:var(--notice)}
dl{display:grid;grid-template-columns:fit-content(15rem) 1fr;gap:.2rem 1rem;margin:.8rem 0}
dt{color:var(--soft);min-width:6.5rem}dd{margin:0}
blockquote{margin:.8rem 0;padding:.1rem 0 .1rem .9rem;border-left:3px solid var(--line)}
blockquote>span{display:block;break-after:avoid}
blockquote footer,.soft{color:var(--soft);font-size:.9em}
.scroll{overflow-x:auto;margin:.8rem 0}
table{border-collapse:collapse;min-width:50%;overflow-wrap:normal}
th,td{border-bottom:1px solid var(--line);padding:.3rem .7rem .3rem .2rem;text-align:left;vertical-align:top}
td.long{min-width:14rem;overflow-wrap:anywhere}
th{color:var(--soft);font-weight:600}.num{text-align:right}
tr.differs td{background:var(--mark);font-weight:600}
ol.steps{list-style:none;padding:0}
ol.steps>li{margin:.8rem 0}
ol.steps label{display:grid;grid-template-columns:1.6rem 1fr;cursor:pointer}
ol.steps label+div{margin-left:1.6rem}
ol.steps input{width:1rem;height:1rem;margin:.3rem 0 0}
ol.steps p{margin:.4rem 0}
ol.steps input:checked+b{color:var(--soft);text-decoration:line-through}
ul{padding-left:1.2rem}
.hops{list-style:none;padding:0;margin:1rem 0;display:flex;gap:2.2rem}
.hops li{position:relative;flex:1 1 0;min-width:0;border:1px solid var(--line);background:var(--box);border-radius:6px;padding:.4rem .7rem;font-size:.9rem}
.hops span,.hops b,.hops code{display:block}
.hops .stop{border:2px solid var(--alarm)}.hops .cut{border-style:dashed}
.hops li+li::before{content:"\2192";position:absolute;left:-2.2rem;width:2.2rem;top:50%;text-align:center;transform:translateY(-50%);font-size:1.3rem;line-height:1;color:var(--soft)}
.hops li.cut::before{content:"\2717";color:var(--alarm)}
.turns{list-style:none;padding:0;margin:.5rem 0}
.turns>li{display:grid;grid-template-columns:4.5rem 9rem 1fr;gap:.1rem .8rem;border-top:1px solid var(--line);padding:.35rem 0}
.turns pre{margin:0;padding:.2rem .6rem;border-left-width:4px}
.turns pre.alarm{border-left-color:var(--alarm)}.turns pre.caution{border-left-color:var(--caution)}
.bar{display:block;width:100%;height:.5rem;margin-top:.2rem;border-radius:2px}
.bar .all{fill:var(--box)}.bar .part{fill:var(--soft)}
@media(max-width:40rem){
body{padding:.6rem}dl{grid-template-columns:1fr}dt{margin-top:.4rem}dt:empty{display:none}
.hops{flex-direction:column;gap:1.6rem}.hops li{flex:none}
.hops li+li::before{content:"\2193";left:1rem;top:-.85rem;width:auto}
.turns>li{grid-template-columns:4.5rem 1fr}.turns>li>:nth-child(3){grid-column:1/3}
}
@media print{
:root{color-scheme:light;--bg:#fff;--fg:#000;--soft:#4a4e55;--line:#b5b8bd;--box:#fff;--mark:#fff;--alarm:#a01e14;--caution:#7a4806;--good:#125e3c;--notice:#0a4f95}
body{max-width:none;padding:0;font-size:10.5pt}
.scroll{overflow:visible}
.answer{border:1px solid var(--line);border-left:6px solid var(--soft)}.answer.alarm{border-left-color:var(--alarm)}.answer.caution{border-left-color:var(--caution)}
.answer,.hops,.turns>li,tr,label{break-inside:avoid}
.turns pre,.answer,pre{border-color:var(--line)}
h1,h2,h3,label{break-after:avoid}
p,li,dd,pre{orphans:3;widows:3}blockquote footer{break-before:avoid}
}
@page{margin:16mm 14mm}
`
