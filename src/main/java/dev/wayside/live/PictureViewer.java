package dev.wayside.live;

/**
 * Receives a camera's pictures. The camera's thread calls it, so an implementation must not block and must not throw.
 */
interface PictureViewer {
    /** Receives the newest picture; a viewer that is still busy with the previous one drops one of the two. */
    void show(LivePicture picture);

    /** No more pictures will follow. */
    void end();
}
