// Keeps the call that a shared link names over the login, and says when the token was wrong.
document.getElementById('login').action = '/login' + location.hash;
document.getElementById('wrong').hidden = !location.search.includes('wrong');
