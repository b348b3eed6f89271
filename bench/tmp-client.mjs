import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
const url='esdb://127.0.0.1:2140?tls=false';
const data={invoiceId:'I1',gross:{minor:1000,currency:'EUR'}}; const metadata={a:'x'.repeat(400)};
async function run(name, clients, conc, secs){
  const p=`m${randomUUID().slice(0,8)}.`; const until=Date.now()+secs*1000; let n=0; const t=Date.now(); const c0=process.cpuUsage();
  await Promise.all(Array.from({length:conc}, async(_,w)=>{ for(let r=-1; Date.now()<until; r++,n++){ await clients[w%clients.length].appendToStream(p+w,{id:randomUUID(),contentType:'application/json',type:'InvoiceIssued',data,metadata},{expectedRevision:r<0?NO_STREAM:BigInt(r)}); } }));
  const c=process.cpuUsage(c0); const s=(Date.now()-t)/1000;
  console.log(name,'conc',conc,Math.round(n/s)+'/s','cpu us/op',Math.round((c.user+c.system)/n));
}
const mk=(k,unary)=>Array.from({length:k},()=>{const c=EventStoreDBClient.connectionString(url); if(unary) Object.assign(c,{supports:async()=>false}); return c;});
const sets={shared:mk(1,false),unary1:mk(1,true),unary4:mk(4,true),};
for(const conc of [32,128]) for(let i=0;i<2;i++) for(const [k,v] of Object.entries(sets)) await run(k,v,conc,2);
process.exit(0);
