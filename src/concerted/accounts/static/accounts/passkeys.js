// Ties the buttons of a page to the passkey ceremonies: <button id=… data-passkey="login" data-credential="id of the hidden field">.
document.addEventListener('DOMContentLoaded', () => {
  for (const button of document.querySelectorAll('[data-passkey]')) {
    const { passkey, credential, passwordless } = button.dataset
    const ids = { [passkey]: button.id, credential, passwordless, data: 'js_data' }
    window.allauth.webauthn.forms[`${passkey}Form`]({ ids })
  }
})
// Called off, timed out, or no passkey of this place on the device: said beside the button, in the words it carries.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  for (const button of document.querySelectorAll('[data-passkey]')) {
    const said = button.parentNode.querySelector('[role=alert]') || button.parentNode.appendChild(document.createElement('p'))
    said.className = 'small'
    said.setAttribute('role', 'alert')
    said.textContent = ''
    said.textContent = button.dataset.failed
  }
})
