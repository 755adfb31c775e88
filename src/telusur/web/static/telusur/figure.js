// "Salin kutipan": puts the citation on the clipboard; without the permission the text is selected for the hand.

for (const button of document.querySelectorAll("[data-copies]")) {
  const quote = document.getElementById(button.dataset.copies);
  const says = document.getElementById(button.dataset.says);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(quote.textContent.trim());
      says.textContent = button.dataset.done;
    } catch {
      window.getSelection().selectAllChildren(quote);
      says.textContent = button.dataset.selected;
    }
  });
}
