document.body.append('Incident Panel');
