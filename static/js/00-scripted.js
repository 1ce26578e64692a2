// What is only there with scripts shows itself by this class.
document.documentElement.classList.add("scripted");
