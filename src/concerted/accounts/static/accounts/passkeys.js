// Ties the buttons of a page to the passkey ceremonies: <button id=… data-passkey="login" data-credential="id of the hidden field">.
document.addEventListener('DOMContentLoaded', () => {
  for (const button of document.querySelectorAll('[data-passkey]')) {
    const { passkey, credential, passwordless } = button.dataset
    const ids = { [passkey]: button.id, credential, passwordless, data: 'js_data' }
    window.allauth.webauthn.forms[`${passkey}Form`]({ ids })
  }
})
