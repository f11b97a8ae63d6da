"""What tests do in the page by scripts of their own."""

# What an earlier test has left: the browser's memory, the preferences and the snippets.
FORGET = """async preferences => {
    localStorage.clear();
    sessionStorage.clear();
    const token = document.cookie.match(/csrftoken=(\\w+)/)[1];
    const json = "application/json";
    const headers = { "Content-Type": json, Accept: json, "X-CSRFToken": token };
    const ask = (method, path, body) => fetch(path, { method, headers, body });
    await ask("PUT", "/preferences/", JSON.stringify(preferences));
    const { snippets } = await (await ask("GET", "/snippets/")).json();
    for (const { id } of snippets) await ask("DELETE", `/snippets/${id}/`);
}"""

DRAG = """type => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["x"], "x.py"));
    document.getElementById("editor-pane")
        .dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
}"""
SAVE_ELSEWHERE = """async ([id, version, content]) => {
    const token = document.querySelector("meta[name=csrf-token]").content;
    const answer = await fetch(`/snippets/${id}/`, {
        method: "PUT",
        headers: {
            "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token,
        },
        body: JSON.stringify({ version, files: [{ path: "main.py", content }] }),
    });
    return answer.status;
}"""
# As a tab whose WebSockets are blocked, and that knows it.
PREFER_POLLS = """() => {
    const { user } = JSON.parse(document.getElementById("workspace-config").textContent);
    sessionStorage.setItem(`coderunner:${user}:way`, "polls");
}"""
