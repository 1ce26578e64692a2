// The one button of a page that is for paper.
document.querySelector('[data-print]')?.addEventListener('click', () => print());
