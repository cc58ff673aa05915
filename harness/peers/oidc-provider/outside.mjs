// fetchAsIfOutside reaches the examiner, which is on this machine, at the name
// that its target file gives it, as through a tunnel. Whatever else is on this
// machine stays out of reach.
const examiner = 'https://examiner.test/';
export function fetchAsIfOutside(address, options) {
  if (!String(address).startsWith(examiner)) return fetch(address, options);
  return fetch(String(address).replace(examiner, 'http://127.0.0.1:8766/'), { ...options, dispatcher: undefined });
}
