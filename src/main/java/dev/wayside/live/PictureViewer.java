package dev.wayside.live;

/** One who watches a camera. Called by the flow's thread: an implementation must not block and must not throw. */
interface PictureViewer {
    /** The newest picture; a viewer that is still busy with the one before drops one of them. */
    void show(LivePicture picture);

    /** There will be no more pictures. */
    void end();
}
