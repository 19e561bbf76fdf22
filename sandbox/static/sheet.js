// A sheet that rises inside the phone, however large the window around it is.
const device = document.querySelector(".device");

/** Opens a dialog at the phone's lower edge. */
export function raise(sheet) {
  if (!sheet.isConnected) device.append(sheet);
  lay(sheet);
  if (!sheet.open) sheet.showModal();
}

function lay(sheet) {
  const frame = device.getBoundingClientRect();
  sheet.style.left = `${frame.left + device.clientLeft}px`;
  sheet.style.bottom = `${innerHeight - frame.bottom + device.clientTop}px`;
  sheet.style.width = `${device.clientWidth}px`;
  sheet.style.maxHeight = `${device.clientHeight - 56}px`;
}

addEventListener("resize", () => {
  for (const sheet of device.querySelectorAll("dialog.sheet-up[open]")) lay(sheet);
});
