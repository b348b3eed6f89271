import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, NO_STREAM, END, eventTypeFilter } from '@eventstore/db-client';
const url='esdb://127.0.0.1:2140?tls=false';
const data={invoiceId:'I1',gross:{minor:1000,currency:'EUR'}}; const metadata={a:'x'.repeat(400)};
async function run(name, client, conc, secs){
  const p=`m${randomUUID().slice(0,8)}.`; const until=Date.now()+secs*1000; let n=0; const t=Date.now();
  await Promise.all(Array.from({length:conc}, async(_,w)=>{ for(let r=-1; Date.now()<until; r++,n++){ await client.appendToStream(p+w,{id:randomUUID(),contentType:'application/json',type:'InvoiceIssued',data,metadata},{expectedRevision:r<0?NO_STREAM:BigInt(r)}); } }));
  const s=(Date.now()-t)/1000; console.log(name,'conc',conc,Math.round(n/s)+'/s');
}
const mk=()=>{const c=EventStoreDBClient.connectionString(url); Object.assign(c,{supports:async()=>false}); return c;};
const a=mk(), b=mk();
for (let i=0;i<2;i++){
await run('no sub',a,32,2);
const sub=(c)=>{const s=c.subscribeToAll({fromPosition:END,filter:eventTypeFilter({regex:'^(?:[^$]|\\$metadata$|\\$streamDeleted$)'})}); let n=0; s.on('data',()=>n++); s.on('error',(e)=>console.log('err',e.type)); return {stop:()=>s.unsubscribe().then(()=>console.log('got',n))};};
let s=sub(a); await run('sub same',a,32,2); await s.stop();
s=sub(b); await run('sub other',a,32,2); await s.stop();
s=(c=>{const s=c.subscribeToAll({fromPosition:END}); let n=0; s.on('data',()=>n++); s.on('error',(e)=>console.log('err',e.type)); return {stop:()=>s.unsubscribe().then(()=>console.log('got',n))};})(b); await run('sub unfiltered other',a,32,2); await s.stop();
}
process.exit(0);
