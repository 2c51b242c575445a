// The page: it asks the worker to train, and stays responsive.
const [button, progress, result] = ['train', 'progress', 'result'].map((id) => document.getElementById(id));

button.addEventListener('click', () => {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  button.disabled = true;
  worker.onmessage = ({ data }) => {
    progress.value = data.done;
    if (data.accuracy === undefined) return;
    result.textContent = `accuracy ${(100 * data.accuracy).toFixed(0)} %, slope kept when saved: ${data.slope}`;
    worker.terminate();
    button.disabled = false;
  };
  worker.onerror = ({ message }) => {
    result.textContent = message;
    button.disabled = false;
  };
  worker.postMessage({ epochs: 30, seed: 1 });
});
