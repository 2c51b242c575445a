import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import * as r from '../dist/index.js';
await tf.setBackend('cpu');
const med=a=>a.sort((x,y)=>x-y)[a.length>>1];
for(const n of [1e3,1e4,1e5,1e6,1e7]){const x=tf.randomNormal([n]);const rep=Math.max(1,Math.min(300,3e6/n|0));
const run=()=>{const s=performance.now();for(let i=0;i<rep;i++)tf.leakyRelu(x,.05).dispose();return (performance.now()-s)/rep};
const st=[],f=[];for(let k=0;k<15;k++){r.useStockKernels();st.push(run());r.useFastKernels();f.push(run())}
console.log(n,med(st),med(f),med(st)/med(f));x.dispose()}
