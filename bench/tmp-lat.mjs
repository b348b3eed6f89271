import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
const url='esdb://127.0.0.1:2140?tls=false';
const data={invoiceId:'I1',gross:{minor:1000,currency:'EUR'}}; const metadata={a:'x'.repeat(400)};
async function run(name, client, conc, secs){
  const p=`m${randomUUID().slice(0,8)}.`; const until=Date.now()+secs*1000; let n=0; const t=Date.now(); const l=[];
  await Promise.all(Array.from({length:conc}, async(_,w)=>{ for(let r=-1; Date.now()<until; r++,n++){ const t0=performance.now(); await client.appendToStream(p+w,{id:randomUUID(),contentType:'application/json',type:'InvoiceIssued',data,metadata},{expectedRevision:r<0?NO_STREAM:BigInt(r)}); l.push(performance.now()-t0);} }));
  const s=(Date.now()-t)/1000; l.sort((a,b)=>a-b); console.log(name,'conc',conc,Math.round(n/s)+'/s', [.1,.5,.9,.99].map(q=>l[Math.floor(l.length*q)].toFixed(1)).join(' '));
}
const mk=(u)=>{const c=EventStoreDBClient.connectionString(url); if(u) Object.assign(c,{supports:async()=>false}); return c;};
const a=mk(true), b=mk(false);
for (let i=0;i<3;i++) for (const conc of [1,4,32]) { await run('unary',a,conc,1.5); await run('shared',b,conc,1.5); }
process.exit(0);
